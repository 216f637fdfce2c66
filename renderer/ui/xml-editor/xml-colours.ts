import { syntaxHighlighting } from '@codemirror/language'
import { tagHighlighter, tags } from '@lezer/highlight'

/** Which class a piece of XML gets; xml-editor.css gives the classes the colours of the theme. */
export const xmlColours = syntaxHighlighting(
  tagHighlighter([
    { tag: tags.tagName, class: 'xml-tag' },
    { tag: tags.angleBracket, class: 'xml-bracket' },
    { tag: tags.attributeName, class: 'xml-name' },
    { tag: tags.attributeValue, class: 'xml-value' },
    { tag: [tags.blockComment, tags.documentMeta, tags.processingInstruction], class: 'xml-comment' },
    { tag: tags.character, class: 'xml-entity' },
    { tag: tags.special(tags.string), class: 'xml-value' },
    { tag: tags.invalid, class: 'xml-invalid' },
  ]),
)
