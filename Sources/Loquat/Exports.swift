// What `import Loquat` brings along: the modules whose types are part of the facade.

@_exported public import Analysis
@_exported public import Extraction
@_exported public import InvertedIndex
@_exported public import QueryLanguage
@_exported public import Storage
