//! The passwords that anybody tries first (NIST SP 800-63B-4, 3.1.1.2): a public list of the commonest, and one of what is said here.
//! Only servers have them; no program in a browser is made of this crate.

use std::sync::LazyLock;

/// Both lists, each in the order of its bytes and in lower case; where they come from stands in their heads.
const LISTS: [&str; 2] = [include_str!("../../data/common.txt"), include_str!("../../data/common-vi.txt")];

static COMMON: LazyLock<[Vec<&str>; 2]> = LazyLock::new(|| LISTS.map(read));

fn read(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|line| !line.starts_with("# ")).collect()
}

/// Whether a password, in lower case, is one of them.
pub(super) fn is_common(lower: &str) -> bool {
    COMMON.iter().any(|list| list.binary_search(&lower).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::{LEAST, choose};

    #[test]
    fn lists_are_in_order_and_hold_nothing_in_vain() {
        for list in COMMON.iter() {
            assert!(list.is_sorted_by(|one, next| one < next), "in order, each once");
            for password in list {
                assert!(password.len() >= LEAST, "{password} is too short anyway");
                assert_eq!(*password, password.to_lowercase().trim(), "would never be found");
                assert!(is_common(password) && choose(password, "", &[]).is_err());
            }
        }
        let [public, ours] = &*COMMON;
        assert_eq!(public.len(), 3000);
        assert!(ours.len() > 900 && ours.iter().all(|password| public.binary_search(password).is_err()));
    }

    #[test]
    fn what_is_tried_first_is_known_and_what_only_holds_it_is_not() {
        for password in [
            "12345678",
            "password",
            "qwertyuiop",
            "1q2w3e4r",
            "trustno1",
            "iloveyou",
            "matkhau1",
            "matkhau@123",
            "anhyeuem",
            "quangtri123",
            "motcua123",
            "nguyenvana",
            "68686868",
            "abc@1234",
            "zxcvbnm1",
        ] {
            assert!(is_common(password), "{password}");
        }
        for password in ["", "# passwords", "matkhau1 ", "matkhau cua toi", "con bò vàng qua suối", "xq7vnk2p"] {
            assert!(!is_common(password), "{password}");
        }
    }
}
