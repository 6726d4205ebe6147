"""From two poses to the shapes of a picture: pure geometry, the same for every pen."""
