@_exported public import ArgumentParser
