//! `cargo xtask run`: the whole product on this machine, as a citizen and an officer of the demonstration would meet it.

use crate::shell::{Outcome, cargo, program, read, root, run as start, step, target};
use crate::{site, tools};
use std::fs;
use std::process::{Child, Command};

/// The officers of the demonstration: one commune, its district, the province. All of them are invented.
const OFFICERS: &str = "crates/xtask/src/demo-officers.csv";
/// Where the links of their first sign-in are kept beside the data, for whoever comes back later.
const LINKS: &str = "first-links.txt";

/// Where the demonstration's payment gateway listens: a separate program, no part of the product, nobody's money.
const GATEWAY: &str = "127.0.0.1:8090";
/// Where it takes mail, which it shows on a page and sends to nobody.
const MAIL: &str = "127.0.0.1:8025";
/// The keys of the demonstration, which `crates/gateway` has too. Everybody may know them.
const PAY_KEYS: [(&str, &str); 3] = [
    ("MOTCUA_VNPAY_SECRET", "chi-de-thu-vnpay"),
    ("MOTCUA_MOMO_ACCESS", "chi-de-thu"),
    ("MOTCUA_MOMO_SECRET", "chi-de-thu-momo"),
];
const SMS_KEYS: [(&str, &str); 2] = [("MOTCUA_SMS_KEY", "chi-de-thu-sms"), ("MOTCUA_SMS_SECRET", "chi-de-thu-sms-mat")];

/// What `motcua serve` is told unless the caller says otherwise.
const DEFAULTS: [(&str, &str); 4] =
    [("--data", "data"), ("--site", "dist"), ("--forms", "forms"), ("--listen", "127.0.0.1:8080")];

/// Builds site and server and serves them until it is stopped. Arguments go to `motcua serve`,
/// for example `--listen 0.0.0.0:8080`.
pub fn run(args: &[String]) -> Outcome {
    tools::for_site()?;
    site::build()?;
    step("Building the server", "about 7 minutes the first time", || {
        start(cargo().args(["build", "--release", "--locked", "--package", "api", "--package", "gateway"]))
    })?;
    let motcua = target().join("release/motcua").to_string_lossy().into_owned();
    let value_of = |name: &str, otherwise: &'static str| {
        let given = args.iter().position(|arg| arg == name);
        given.and_then(|at| args.get(at + 1)).map_or(otherwise, String::as_str).to_owned()
    };
    let data = value_of("--data", "data");
    seed(&motcua, &data, &value_of("--forms", "forms"))?;
    let mut server = program(&motcua);
    server.arg("serve").args(args);
    for (name, otherwise) in DEFAULTS {
        let value = &value_of(name, otherwise);
        if !args.iter().any(|arg| arg == name) {
            server.args([name, value]);
        }
        match name {
            "--data" => println!("\nData is kept in {value}."),
            "--listen" => println!(
                "Open http://{value} as a citizen, http://{value}/officer as an officer. Ctrl+C stops the server.\n\
                 Officers sign in for the first time by the links in {data}/{LINKS}: put http://{value} before one of them.\n\
                 A password is chosen there, and an authenticator app scans a picture.\n"
            ),
            _ => {}
        }
    }
    let site = format!("http://{}", value_of("--listen", "127.0.0.1:8080"));
    let given = |start: &str| args.iter().any(|arg| arg.starts_with(start));
    let (pays, mails, texts) = (!given("--vnpay") && !given("--momo"), !given("--smtp"), !given("--sms"));
    let beside = (pays || mails || texts).then(|| gateway(&site)).transpose()?;
    if beside.is_some() && !given("--public-address") {
        server.args(["--public-address", &site]);
    }
    if pays {
        pay(&mut server);
    }
    if mails {
        mail(&mut server);
    }
    if texts {
        text(&mut server);
    }
    let served = start(&mut server);
    if let Some(mut gateway) = beside {
        // Ctrl+C has ended it already, mostly.
        drop(gateway.kill());
        drop(gateway.wait());
    }
    served
}

/// Starts the gateway beside the server.
fn gateway(site: &str) -> Outcome<Child> {
    let gateway = target().join("release/gateway").to_string_lossy().into_owned();
    let child = program(&gateway).args([GATEWAY, site, MAIL]).spawn();
    child.map_err(|why| format!("cannot start the gateway: {why}"))
}

/// Tells the server to send its mail to the gateway, where whoever registers finds it.
fn mail(server: &mut Command) {
    server.args(["--smtp", &format!("smtp://{MAIL}"), "--mail-from", "Một Cửa <khong-tra-loi@motcua.example>"]);
    println!("Mails, as of registering an account, are sent to nobody: read them at http://{GATEWAY}/mail.\n");
}

/// Tells the server to send its text messages there too.
fn text(server: &mut Command) {
    server.envs(SMS_KEYS);
    server.args(["--sms-from", "MOTCUA", "--sms-address", &format!("http://{GATEWAY}")]);
    println!("Text messages, as the digits of a telephone number, go to nobody too: http://{GATEWAY}/sms.\n");
}

/// Tells the server that fees are paid at the gateway.
fn pay(server: &mut Command) {
    server.envs(PAY_KEYS);
    server.args([
        "--vnpay-merchant",
        "MOTCUA01",
        "--momo-partner",
        "MOTCUA",
        "--vietqr",
        "970436:1234567890:KHO BAC THU",
    ]);
    for (name, path) in [("--vnpay-pay", "vnpay/pay"), ("--vnpay-ask", "vnpay/api"), ("--momo-address", "momo")] {
        server.args([name.to_owned(), format!("http://{GATEWAY}/{path}")]);
    }
    println!(
        "Fees are paid at a gateway to test against, http://{GATEWAY}: no real money, and faults to choose from.\n"
    );
}

/// Makes the officers of the demonstration where there is no data yet, and keeps the links of their first sign-in.
fn seed(motcua: &str, data: &str, forms: &str) -> Outcome {
    let folder = root().join(data);
    if folder.join("motcua.db").exists() {
        return Ok(());
    }
    step("Making the officers of the demonstration", "1 second", || {
        let links = read(program(motcua).args(["officers", "--data", data, "--forms", forms, OFFICERS]))?;
        fs::write(folder.join(LINKS), links + "\n").map_err(|why| format!("cannot write {LINKS}: {why}"))
    })
}
