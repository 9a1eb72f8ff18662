"""Files of the renders, served to the browser by Streamlit's own media server."""

from pathlib import Path

from streamlit import runtime

MOVIE = "video/mp4"
MANIFEST = "application/json"


def address_of(path: Path, kind: str, slot: str) -> str:
    """Address under which the browser gets a file, range requests included, for as long as this page shows it.

    ``st.video`` does the same inside, but has no way to hand its address to a component; a `data:` address would send
    the movie again with every rerun and could not be sought in.

    Parameters
    ----------
    path
        The file. It is read now: a movie that is rendered anew gets a new address.
    kind
        Its media type.
    slot
        What the file is for on the page; a later file for the same slot replaces it.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    media = runtime.get_instance().media_file_mgr
    if kind == MOVIE:
        return media.add(path.read_bytes(), kind, slot)
    return media.add(path.read_bytes(), kind, slot, file_name=path.name, is_for_static_download=True)
