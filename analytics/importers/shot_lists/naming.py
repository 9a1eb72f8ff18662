"""What a shot is called in a cut, and which sequence a code belongs to.

The rule, in this order: a marker or comment on the clip that begins with a VFX ID; the clip's name, without what
editors and compositors hang on it (path, extension, frame range, version, plate or comp, a remark in brackets); the
reel.
"""

import re

_VFX_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*[_-][A-Za-z]{0,4}\d{2,5}[A-Za-z]?")
_CAMERA_FILE = re.compile(
    r"[A-Z]\d{3}_?[CL]\d{3}.*|[A-Z]{1,2}\d{3}_\d{6,8}.*|(?:IMG|clip|media|shot|untitled|sequence)[_-]?\d+|DSC_?\d+|GX\d+",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"\.(?:mov|mp4|mxf|mkv|avi|r3d|ari|arx|braw|exr|dpx|tiff?|jpe?g|png|wav|aaf|psd|nk|otio|\w*\.?proxy)$",
    re.IGNORECASE,
)
_FRAME_RANGE = re.compile(r"[._](?:\[?\d{3,8}\s*-\s*\d{3,8}\]?|%0?\d*d|#+|\d{4,8})$")
_VERSION = re.compile(r"[._-]v\d{1,5}(?:[._-].*)?$", re.IGNORECASE)
_ELEMENT = re.compile(r"[._-](?:(?:FG|BG|PL|EL|CP|MP|REF|CHART|BS|GS)\d{0,3}|comp|slapcomp|precomp|final|temp|wip)$",
                      re.IGNORECASE)  # fmt: skip
_REMARK = re.compile(r"(?:\s*\([^()]*\))+$")


def vfx_id_in(text: str) -> str | None:
    """The VFX ID that a marker or comment begins with, such as ``ATBP_0A1_010``."""
    first = re.split(r"[\s,;|:]", text.strip(), maxsplit=1)[0]
    return first if is_vfx_id(first) else None


def is_vfx_id(code: str) -> bool:
    """Whether a name is the code of one shot, not a camera's file, a slate or a description."""
    return _VFX_ID.fullmatch(code) is not None and _CAMERA_FILE.fullmatch(code) is None


def code_of_clip(name: str) -> str:
    """The shot a clip's name stands for: ``ATBP_0A1_010_FG01_v001.01000-01045.exr`` is ``ATBP_0A1_010``."""
    bare = re.split(r"[\\/](?=[^\\/]*\.\w{2,5}$)", name.strip())[-1]
    for hung_on in (_REMARK, _EXTENSION, _FRAME_RANGE, _VERSION, _ELEMENT):
        shorter = hung_on.sub("", bare)
        # A name that is nothing but a version or a number keeps it; a camera's file is no shot's code with a version.
        if shorter.strip():
            bare = shorter
    return bare.strip().rstrip(".") or name.strip()


def sequence_of(code: str) -> str | None:
    """The sequence in a code of three parts (``PROJECT_SEQUENCE_SHOT``) or two (``SEQUENCE_SHOT``)."""
    if not is_vfx_id(code):
        return None
    parts = re.split(r"[_-]", code)
    return parts[-2] if len(parts) in (2, 3) else "_".join(parts[1:-1])
