import Casebook
