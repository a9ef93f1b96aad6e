"""Where does the county stand?"""

from view import controls, frame

pick = controls.current()
frame.header(pick, "总览", "…")
