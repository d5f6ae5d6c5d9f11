//! The gateway as a program: `gateway <listen> <address of the product> [<where to listen for mail>]`.

use gateway::smtp::Smtp;
use gateway::{Gateway, system_clock};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut given = std::env::args().skip(1);
    let (Some(listen), Some(site)) = (given.next(), given.next()) else {
        eprintln!("gateway <address to listen on> <address of the product> [<address to listen on for mail>]");
        return ExitCode::FAILURE;
    };
    let mail = given.next();
    let smtp = mail.as_deref().map(Smtp::start).transpose();
    let started = smtp.and_then(|smtp| Ok((Gateway::start(&listen, &site, system_clock)?, smtp)));
    match started {
        Ok((gateway, smtp)) => {
            println!("listening on http://{}", gateway.address);
            if let Some(smtp) = smtp {
                println!("listening on smtp://{}", smtp.address);
                gateway.show(smtp);
            }
            loop {
                std::thread::park();
            }
        }
        Err(error) => {
            eprintln!("gateway: {listen}: {error}");
            ExitCode::FAILURE
        }
    }
}
