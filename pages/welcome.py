"""Nothing is published yet: what is the first step?"""

from view import welcome
from warehouse import actions, home

welcome.intro()
welcome.ways(lambda: actions.demo(home.open_home()))
