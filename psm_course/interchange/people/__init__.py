"""Names, phone numbers and rosters as people write them."""
