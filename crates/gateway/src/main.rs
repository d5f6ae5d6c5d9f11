//! The gateway as a program: `gateway <listen> <address of the product>`.

use gateway::{Gateway, system_clock};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut given = std::env::args().skip(1);
    let (Some(listen), Some(site)) = (given.next(), given.next()) else {
        eprintln!("gateway <address to listen on> <address of the product>");
        return ExitCode::FAILURE;
    };
    match Gateway::start(&listen, &site, system_clock) {
        Ok(gateway) => {
            println!("listening on http://{}", gateway.address);
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
