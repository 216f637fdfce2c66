import { Fragment, useContext, type ReactNode } from 'react'
import type { ItemRef } from '../../../shared/model/hardware/view'
import { optionLines, type VmCommand } from '../../../shared/model/vm-command'
import { shellWord } from '../../../shared/shell-word'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { ClipboardContext } from '../../ui/clipboard'
import { CopyButton } from '../../ui/CopyButton'
import type { CommandRow } from './rows'

interface Props {
  /** Whose program and helpers are shown as well. */
  readonly command: VmCommand | undefined
  readonly rows: readonly CommandRow[]
  readonly onShowItem: (item: ItemRef) => void
}

const marks = { running: 'Only until it stops', next: 'From the next start' }

export function CommandRows({ command, rows, onShowItem }: Props) {
  return (
    <ol className="command-rows" aria-label="Options of the command">
      {command?.helpers.map((helper, at) => (
        // helpers stand where they stand
        // oxlint-disable-next-line react/no-array-index-key
        <Row
          key={`helper ${at}`}
          lines={[[...helper.words]]}
          from={<From part={helper} onShowItem={onShowItem} />}
        >
          Started before QEMU. {helper.why}
        </Row>
      ))}
      {command && command.program.length > 0 ? (
        <Row lines={[[...command.program]]} from={<span className="command-own">Innkeeper</span>}>
          The program, with what it is told by its environment.
        </Row>
      ) : null}
      {rows.map((row, at) => (
        // an option may be there twice, and they stand where they stand
        // oxlint-disable-next-line react/no-array-index-key
        <Row
          key={at}
          lines={optionLines(row.words)}
          only={row.only}
          from={<From part={row} onShowItem={onShowItem} />}
        >
          {row.why}
        </Row>
      ))}
    </ol>
  )
}

interface RowProps {
  readonly lines: readonly (readonly string[])[]
  readonly only?: 'running' | 'next' | undefined
  readonly from: ReactNode
  readonly children: ReactNode
}

function Row({ lines, only, from, children }: RowProps) {
  const copyText = useContext(ClipboardContext)
  const texts = lines.map((words) => words.map(shellWord).join(' '))
  return (
    <li className={classNames('command-row', only !== undefined && `command-only-${only}`)}>
      <div className="command-words selectable">
        {texts.map((text, at) => (
          // options stand where they stand
          // oxlint-disable-next-line react/no-array-index-key
          <code key={at}>
            <Breakable text={text} />
          </code>
        ))}
      </div>
      <div className="command-why">
        <span className="command-from">
          {from}
          {only === undefined ? null : <span className="command-mark">{marks[only]}</span>}
        </span>
        <span>{children}</span>
      </div>
      <CopyButton label={`Copy ${lines[0]?.[0] ?? ''}`} copy={() => copyText(texts.join(' '))} />
    </li>
  )
}

/** Long values are broken after a comma, if they must be; what is selected and copied is the text itself. */
function Breakable({ text }: { readonly text: string }) {
  return text.split(/(?<=,)/).map((piece, at) => (
    // pieces stand where they stand
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {piece}
    </Fragment>
  ))
}

function From({
  part: { from, item },
  onShowItem,
}: {
  readonly part: { readonly from: string; readonly item?: ItemRef }
  readonly onShowItem: (item: ItemRef) => void
}) {
  if (!item) return <span className="command-own">{from}</span>
  return (
    <Button
      variant="quiet"
      className="button-small command-link"
      tooltip="Show it on the Hardware tab"
      onPress={() => onShowItem(item)}
    >
      {from}
    </Button>
  )
}
