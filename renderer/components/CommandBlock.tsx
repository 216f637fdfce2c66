import { useContext } from 'react'
import { ClipboardContext } from '../ui/clipboard'
import { CopyButton } from '../ui/CopyButton'
import './command-block.css'

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
      <pre className="selectable">{text}</pre>
      <CopyButton label={`Copy ${what}`} copy={() => copyText(text)} />
    </div>
  )
}
