import { useContext, useState } from 'react'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { ClipboardContext } from '../../ui/clipboard'
import { DiffView } from '../../ui/diff/DiffView'
import { CheckIcon } from '../../ui/icons/general'
import { ClockIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { Tabs } from '../../ui/Tabs'
import type { PreviewAnswer } from './use-preview'

/** Other networks or routes in the way. */
export function Conflicts({ conflicts }: { conflicts: readonly string[] }) {
  if (conflicts.length === 0) return null
  return (
    <Note tone="warning" title="This gets in the way of something">
      {conflicts.length === 1 ? (
        <span>{conflicts[0]}</span>
      ) : (
        <ul className="net-bullets">
          {conflicts.map((conflict) => (
            <li key={conflict}>{conflict}</li>
          ))}
        </ul>
      )}
    </Note>
  )
}

interface Props {
  readonly preview: PreviewAnswer
  /** Of the text it would become. */
  readonly label: string
  readonly isNew: boolean
  readonly isActive: boolean
}

/** What a change would do: when each part takes effect, the difference, and the same by hand. */
export function PreviewView({ preview, label, isNew, isActive }: Props) {
  const [tab, setTab] = useState<'difference' | 'commands'>('difference')
  const copyText = useContext(ClipboardContext)
  const { value, error } = preview
  if (error) return <ErrorBox error={error} title="The host would not take this" />
  if (!value) {
    return (
      <p className="host-waiting" role="status">
        <Spinner /> Trying it out…
      </p>
    )
  }
  return (
    <>
      <Conflicts conflicts={value.conflicts} />
      {isNew || value.before === value.after ? null : <Effects {...value} isActive={isActive} />}
      <div className="net-preview">
        <Tabs
          label="What would change"
          selected={tab}
          onSelect={setTab}
          tabs={[
            {
              id: 'difference',
              label: isNew ? 'XML' : 'XML difference',
              content: (
                <DiffView
                  label={label}
                  before={value.before}
                  after={value.after}
                  onCopy={copyText}
                  emptyText="The definition stays as it is"
                />
              ),
            },
            {
              id: 'commands',
              label: 'Same as commands',
              content:
                value.commands.length === 0 ? (
                  <p className="secondary">Nothing would be run.</p>
                ) : (
                  <CommandBlock text={value.commands.join('\n')} what="commands" />
                ),
            },
          ]}
        />
      </div>
    </>
  )
}

interface EffectProps {
  readonly now: readonly string[]
  readonly afterRestart: readonly string[]
  readonly isActive: boolean
}

export function Effects({ now, afterRestart, isActive }: EffectProps) {
  if (!isActive)
    return <p className="secondary">The network is not running: all of it counts from its next start.</p>
  if (now.length + afterRestart.length === 0) return null
  return (
    <ul className="net-effects">
      {now.map((what) => (
        <li key={`now ${what}`}>
          <CheckIcon size={14} className="net-good" />
          <span>{what}</span>
          <span className="net-good">At once</span>
        </li>
      ))}
      {afterRestart.map((what) => (
        <li key={`later ${what}`}>
          <ClockIcon size={14} className="net-wait" />
          <span>{what}</span>
          <span className="net-wait">After a restart of the network</span>
        </li>
      ))}
    </ul>
  )
}
