"""How near a render comes to its traditional twin, and what people who do not know which is which prefer."""
