"""Which shots go to AI: least cost, surest budget or earliest finish, under what people, dates and contracts allow."""
