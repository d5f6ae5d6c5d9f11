//! The roles in which officers act at the stages of a procedure, and the name by which events and accounts tell officers
//! apart. Who may do what in a role stands in the crate `account`.

use pack::Pack;
use serde::{Deserialize, Serialize};

/// A role (vai trò) of an officer in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Công chức Bộ phận Tiếp nhận và Trả kết quả.
    OneStop,
    /// Phụ trách Bộ phận Tiếp nhận và Trả kết quả, who alone refuses.
    DeskHead,
    /// Công chức chuyên môn.
    Specialist,
    /// Lãnh đạo phòng chuyên môn.
    DepartmentHead,
    /// Văn phòng, văn thư.
    Clerk,
    /// Lãnh đạo Ủy ban nhân dân.
    Leader,
    /// Who follows how dossiers are handled, without reading them.
    Supervisor,
    /// Who gives officers their accounts and roles.
    Administrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::OneStop,
        Self::DeskHead,
        Self::Specialist,
        Self::DepartmentHead,
        Self::Clerk,
        Self::Leader,
        Self::Supervisor,
        Self::Administrator,
    ];

    /// The name by which files, JSON and the store call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OneStop => "one-stop",
            Self::DeskHead => "desk-head",
            Self::Specialist => "specialist",
            Self::DepartmentHead => "department-head",
            Self::Clerk => "clerk",
            Self::Leader => "leader",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// What people call it.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::OneStop => "Công chức một cửa",
            Self::DeskHead => "Phụ trách Bộ phận Một cửa",
            Self::Specialist => "Công chức chuyên môn",
            Self::DepartmentHead => "Lãnh đạo phòng chuyên môn",
            Self::Clerk => "Văn phòng – văn thư",
            Self::Leader => "Lãnh đạo Ủy ban nhân dân",
            Self::Supervisor => "Người giám sát",
            Self::Administrator => "Quản trị",
        }
    }
}

/// Names an officer for ever, also after they left. It is no secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OfficerId(pub [u8; 16]);

crate::hex_id!(OfficerId, "an officer's id has 32 hexadecimal digits");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_name() {
        for role in Role::ALL {
            assert_eq!(Role::of_name(role.name()), Some(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.name()));
        }
        assert_eq!(Role::of_name("boss"), None);
    }

    #[test]
    fn an_id_is_read_as_it_is_written_and_only_so() {
        let id = OfficerId([0xAB; 16]);
        assert_eq!(OfficerId::read(&id.to_string()), Some(id));
        for wrong in ["", "ab", &"AB".repeat(16), &"xy".repeat(16), &"ab".repeat(17), &"ế".repeat(16)] {
            assert_eq!(OfficerId::read(wrong), None, "{wrong}");
        }
    }
}
