//! A campaign with everybody in it.

use super::{Block, Course, Member, Whole};

/// Wherever a campaign is asked where it stands, one with its members answers as well.
impl std::ops::Deref for Whole {
    type Target = Course;

    fn deref(&self) -> &Course {
        &self.course
    }
}

impl Whole {
    /// The rows of all members.
    #[must_use]
    pub fn ids(&self) -> Vec<i64> {
        self.members.iter().map(|member| member.id).collect()
    }

    /// A block by its row.
    #[must_use]
    pub fn block(&self, id: i64) -> Option<&Block> {
        self.blocks.iter().find(|block| block.id == id)
    }

    /// A member by its row.
    #[must_use]
    pub fn member(&self, id: i64) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }
}
