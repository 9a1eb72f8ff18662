"""What happens in the shot `building_collapse`: building, street, fracture, debris, camera. No Blender."""
