/// The names of `HTMLTag` in the order of its cases.
let htmlTagNames: [String] = [
  "", "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont",
  "bdi", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center",
  "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl",
  "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2",
  "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "image", "img", "input", "ins",
  "isindex", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main", "map", "mark", "marquee", "math",
  "menu", "meta", "meter", "nav", "nobr", "noembed", "noframes", "noscript", "object", "ol", "optgroup", "option",
  "output", "p", "param", "picture", "plaintext", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script",
  "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
  "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u",
  "ul", "var", "video", "wbr", "xmp",
]

/// The names of `HTMLAttribute` in the order of its cases.
let htmlAttributeNames: [String] = [
  "", "align", "alt", "background", "bgcolor", "border", "cellpadding", "cellspacing", "checked", "cite", "class",
  "color", "cols", "colspan", "content", "data", "dir", "face", "headers", "height", "hidden", "href", "hspace",
  "id", "lang", "longdesc", "name", "nowrap", "poster", "rel", "role", "rows", "rowspan", "rules", "scope", "size",
  "span", "src", "srcset", "start", "style", "summary", "target", "text", "title", "type", "valign", "value",
  "vspace", "width",
]
