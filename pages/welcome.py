"""Nothing is published yet: what is the first step?"""

from view import controls, welcome
from warehouse import actions, home
from warehouse.errors import JunhengError

controls.entered()
welcome.intro()
welcome.ways(
    lambda progress: actions.make_demo(
        home.open_home(), schools=220, seed=2019, size="small", progress=progress
    ),
    JunhengError,
)
