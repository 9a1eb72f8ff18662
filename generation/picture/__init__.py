"""Frames in and out: EXR, PNG and MP4, the view transform, frame checks and comparison pictures."""
