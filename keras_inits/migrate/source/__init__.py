'''Legacy Keras source code to Keras 3, by byte-range edits over a tree-sitter parse.

`convert` gives the new text and the findings; nothing but this folder imports tree_sitter.

How a fixer is added
====================
One fixer is one file in `source/fixers/`; being there is enough, the folder is searched. It is a
generator over a `SourceFile`, registered with its family of codes; its docstring shows the line
before and after:

    from keras_inits.migrate.findings import define
    from keras_inits.migrate.source.edits import Edit
    from keras_inits.migrate.source.registry import fixer

    RENAMED = define("KI401", "an argument of fit was renamed", "What the reader may expect.")

    @fixer("KI4")
    def fit_arguments(file):
        """Arguments of fit.

        before: model.fit(x, y, nb_epoch=3)
        after:  model.fit(x, y, epochs=3)
        """
        for call in file.methods("fit"):
            argument = call.keywords.get("nb_epoch")
            if argument:
                yield argument.renamed("epochs")

It yields, in any order:

    Edit(start, end, text)     bytes start..end become text; two insertions at one place both stay
    Removal(list, element)     an argument, list or dictionary entry or imported name goes
    Deletion(statement)        a statement goes with its line
    Append(list, text)         an argument or entry more, at the list's end
    Import("keras_inits")      `import keras_inits`, once, unless the file has it
    Later(run)                 what depends on the other fixers' edits: run(left) yields more when
                               they are known, left(name, uses) the uses that stay
    Again()                    one more pass, for what depends on the other fixers' edits;
                               Again(everyone=True) for what others do with this one's
    file.finding(code, node, message)

and reads the file through

    file.keras_calls           calls of what the file has of Keras: `call.qualified`,
                               `call.function`, `call.arguments`, `call.keywords`; dictionaries
                               given as `**name` are followed
    file.calls_of(names)       those of some dotted names; `calls_in(room)` those of a module
    file.methods(*names)       calls of methods by name, "fit" for `model.fit(...)`: `call.method`
    file.called(name)          calls of a plain name
    file.layer_calls           those of Keras layers, bound to the signature of the guessed version
    file.partials              `functools.partial` of layers, each as a call of the layer
    file.names.resolve(node)   "keras.layers.core.Dense" for a name or attribute, else None
    file.names.imported        each imported name with its nodes
    file.sources(node)         the literals that a variable, parameter or entry may stand for
    file.guess                 version, dim_ordering, era ("keras1", "mixed", "keras2", "unknown")
    file.options               what `convert` was given
    file.nodes(kind)           nodes by tree-sitter type, such as "print_statement"; those without
                               a word of their own cost a walk through the tree
    file.keras_attributes      the whole attributes of names imported of Keras, `layers.core.Dense`
    file.uses(name)            the identifiers that spell a name
    file.arguments(name)       the arguments given by a name; `attributes(name)`: `owner.name`
    file.literals(word)        the strings that hold nothing but a word
    file.words                 every word of the text, a cheap first question
    file.calls                 every call

`@fixer("KI9", last=True)` registers one that only reports, on the text that all the others have
made; its docstring says `reported:`. `always=True` is for one that has its say in code of Keras 2
and 3 too, which is else left as it is. Findings name lines of the text that `convert` was given,
whichever pass they come from.

All fixers see the same text; their edits are made together. Edits that overlap wait for the next
pass, in the order of families and files; edits that contradict each other at one place are given
up with a finding. A fixer must change nothing in what it has already changed, and leave alone
what it does not know.
'''

from keras_inits.migrate.source.engine import convert

__all__ = ["convert"]
