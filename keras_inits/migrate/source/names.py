"""Names: what an identifier or attribute means, by the imports of the file."""

import builtins
from typing import NamedTuple

from keras_inits.migrate.keras1.starts import NAMES
from keras_inits.migrate.keras1.table import canonical
from keras_inits.migrate.source.once import Once
from keras_inits.migrate.source.uses import second_name, uses_of


class Imported(NamedTuple):
    """One imported name: local name, dotted origin, the node of its name and the statement's."""

    local: str
    origin: str
    node: object
    statement: object

    @property
    def aliased(self):
        """Whether it has a name of its own here (`as`)."""
        return self.node.parent.type == "aliased_import"


class Names:
    """The imports of a file, and the names that something else in it takes over."""

    def __init__(self, file):
        self._file = file
        self.imported, self.stars = list(_plain_imports(file)), []
        for module, statement in _modules(file):
            names = statement.children_by_field_name("name")
            self.imported += [_entry(file, module, node, statement) for node in names]
            self.stars += [] if names else [module]
        self._origins = {}
        for entry in self.imported:
            self._origins.setdefault(entry.local, set()).add(entry.origin)
        self.defined = {
            file.text(node.child_by_field_name("name"))
            for kind in ("function_definition", "class_definition")
            for node in file.nodes(kind)
        }

    def resolve(self, node):
        """The dotted Keras name that a name or attribute stands for, or None.

        A name that the file defines itself, or imports from elsewhere too, stands for nothing.
        """
        if node.type == "identifier":
            return self.meaning(self._file.text(node))
        if node.type != "attribute":
            return None
        owner = self.resolve(node.child_by_field_name("object"))
        return owner and f"{owner}.{self._file.text(node.child_by_field_name('attribute'))}"

    def local(self, module):
        """The local name of a module, or None if it has none."""
        wanted = {
            entry.local
            for entry in self.imported
            if entry.origin == module and entry.local not in self.defined
        }
        return min(wanted, default=None)

    @Once
    def unsettled(self):
        """The names that several layers are imported under: which one it is, the run tells."""
        return {name for name, origins in self._origins.items() if _several_layers(origins)}

    def meaning(self, name):
        """The dotted Keras name that a bare name stands for, or None."""
        return self.meanings.get(name)

    @Once
    def meanings(self):
        """The dotted Keras name of each bare name that stands for one."""
        return self._known[0]

    @Once
    def uses(self):
        """Every Use in the file, in text order."""
        return self._known[1]

    @Once
    def calls(self):
        """The calls of Keras' names by the id of their nodes."""
        return {use.call.node.id: use.call for use in self.uses if use.call is not None}

    @Once
    def _known(self):
        """All names of Keras with their meanings, and their uses.

        To the imported ones comes what the module gives another name once: `RNN = recurrent.LSTM`.
        """
        meanings, uses = self._imported_meanings(), {}
        waiting, taken = list(meanings), {*self._origins, *self.defined}
        while waiting:
            name = waiting.pop()
            uses[name] = list(uses_of(self._file, name, meanings[name]))
            for use in uses[name]:
                second = use.alone and second_name(self._file, use)
                if second and second not in taken:
                    taken.add(second)
                    meanings[second] = use.dotted
                    waiting.append(second)
        return meanings, sorted((use for found in uses.values() for use in found), key=_start)

    def _imported_meanings(self):
        found = {}
        for name, origins in self._origins.items():
            mine = name in self.defined or name in self.unsettled
            if not mine and all(map(is_keras, origins)):
                found[name] = max(origins)
        stars = [module for module in self.stars if is_keras(module)]
        if stars:
            free = self._file.words - self._origins.keys() - self.defined
            origins = {name: _star_origin(stars, name) for name in free}
            found |= {name: origin for name, origin in origins.items() if origin}
        return found


def _start(use):
    return use.start


def _several_layers(origins):
    named = {canonical(origin.rpartition(".")[2]) for origin in origins if len(origins) > 1}
    return len(named - {None}) > 1


#: What modules of Keras 1 gave to `import *`, where another one may be taken for its origin.
EXPORTED = {
    "keras.regularizers": (
        *("l1", "l2", "l1l2", "activity_l1", "activity_l2", "activity_l1l2"),
        *("WeightRegularizer", "ActivityRegularizer", "EigenvalueRegularizer"),
    ),
    "keras.constraints": ("maxnorm", "nonneg", "unitnorm"),
    "keras.initializations": NAMES,
    "keras.utils.layer_utils": ("layer_from_config",),
    "keras.utils.np_utils": ("accuracy", "probas_to_classes", "categorical_probas_to_classes"),
    "keras.optimizers": ("SGD", "RMSprop", "Adagrad", "Adadelta", "Adam", "Adamax", "Nadam"),
    "keras.models": ("Model", "Sequential", "Graph"),
    "keras.callbacks": ("ModelCheckpoint", "EarlyStopping", "LearningRateScheduler"),
    "keras.preprocessing.image": ("ImageDataGenerator",),
    **dict.fromkeys(("keras.layers", "keras.engine", "keras.engine.topology"), ("merge", "Input")),
}


BUILTINS = frozenset(vars(builtins))


def _star_origin(modules, name):
    """The dotted name of something that came with `import *` of some modules, or None."""
    if canonical(name):
        known = [module for module in modules if module.startswith("keras.layers")]
    else:
        known = [module for module in modules if name in EXPORTED.get(module, ())]
        known += modules if name[0].isupper() and name not in BUILTINS else []
    return f"{known[0]}.{name}" if known else None


#: Modules that those of layers imported, and so passed on.
PASSED_ON = {
    **{n: f"keras.{n}" for n in ("initializations", "activations", "regularizers", "constraints")},
    "K": "keras.backend",
}


def is_keras(dotted):
    """Whether a dotted name is Keras' or the module itself."""
    return dotted == "keras" or dotted.startswith("keras.")


def _plain_imports(file):
    for statement in file.nodes("import_statement"):
        for node in statement.named_children:
            if node.type == "aliased_import":
                name = node.child_by_field_name("name")
                local = file.text(node.child_by_field_name("alias"))
                yield Imported(local, file.text(name), name, statement)
            elif node.type == "dotted_name":
                first = file.text(node).partition(".")[0]
                yield Imported(first, first, node, statement)


def _modules(file):
    """Each module that something is imported from, with the statement; relative ones are not."""
    for statement in file.nodes("import_from_statement"):
        module = statement.child_by_field_name("module_name")
        if module.type == "dotted_name":
            yield file.text(module), statement


def _entry(file, module, node, statement):
    """What `from module import name` or `from module import name as local` imports."""
    if node.type != "aliased_import":
        local = file.text(node)
        return Imported(local, _origin(module, local), node, statement)
    name, local = node.child_by_field_name("name"), node.child_by_field_name("alias")
    return Imported(file.text(local), _origin(module, file.text(name)), name, statement)


def _origin(module, name):
    """`keras.initializations` for what `from keras.layers.core import initializations` gives."""
    passed_on = PASSED_ON.get(name) if is_keras(module) else None
    return passed_on or f"{module}.{name}"
