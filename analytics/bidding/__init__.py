"""Bids: estimates priced, kept through their versions and states, and handed out as documents."""
