"""The scene `de_age`: a digital double, old on the plate and young in the shot."""
