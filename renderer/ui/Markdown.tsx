import MarkdownToJsx from 'markdown-to-jsx/react'
import type { ReactNode } from 'react'
import './markdown.css'

/** Characters that are formatted; the rest of a longer text follows as it stands. */
const formatted = 20_000

/**
 * Text of a host with Markdown's marks drawn. HTML in it stays text, pictures are named and not loaded, and links lead
 * nowhere: they tell their address, to be read before it is opened anywhere.
 */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="markdown selectable">
      <MarkdownToJsx options={options}>{text.slice(0, formatted)}</MarkdownToJsx>
      {text.length > formatted ? <p className="markdown-rest">{text.slice(formatted)}</p> : null}
    </div>
  )
}

interface LinkProps {
  readonly href?: string
  readonly children?: ReactNode
}

function Link({ href, children }: LinkProps) {
  if (href === undefined || href === children || (Array.isArray(children) && children[0] === href)) {
    return <span>{children ?? href}</span>
  }
  return (
    <span>
      {children} <span className="secondary">({href})</span>
    </span>
  )
}

function Picture({ alt, src }: { readonly alt?: string; readonly src?: string }) {
  return <span className="secondary">[{alt || src}]</span>
}

/** Without the names that headings would get: they are the page's own to give. */
function Heading({ children }: { readonly children?: ReactNode }) {
  return <p className="markdown-heading">{children}</p>
}

const options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    a: Link,
    img: Picture,
    ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((level) => [level, Heading])),
  },
} as const
