"""Foreign formats read into drafts: what a schema says, before anyone has decided anything."""
