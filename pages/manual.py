"""How is this used, from installing it to what each message means?"""

from view import controls, manual

controls.entered()
manual.draw()
