import { Fragment, useContext } from 'react'
import { ClipboardContext } from '../ui/clipboard'
import { CopyButton } from '../ui/CopyButton'
import { commandOptions } from './command-options'
import './command-block.css'

/** A command with more of them than this is longer than a line. */
const fewOptions = 4

interface Props {
  readonly text: string
  /** What it is, for the copy button: "command", "file". */
  readonly what?: string
}

/** Lines for a shell or a file, to be read and copied as they are. */
export function CommandBlock({ text, what = 'command' }: Props) {
  const copyText = useContext(ClipboardContext)
  return (
    <div className="command-block">
      <pre className="selectable">
        <Lines text={text} />
      </pre>
      <CopyButton label={`Copy ${what}`} copy={() => copyText(text)} />
    </div>
  )
}

/** What is copied or selected is the text itself, however it is broken into lines. */
function Lines({ text }: { readonly text: string }) {
  const options = text.includes('\n') ? [] : commandOptions(text)
  if (options.length <= fewOptions) return text
  return options.map((option, at) => (
    // an option may be there twice, and they stand where they stand
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>
      {at === 0 ? null : ' '}
      <span className="command-option">{option}</span>
    </Fragment>
  ))
}
