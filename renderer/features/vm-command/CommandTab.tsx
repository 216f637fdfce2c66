import { useContext, useState, type ReactNode } from 'react'
import type { ItemRef } from '../../../shared/model/hardware/view'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { commandText, type VmCommand, type VmCommands } from '../../../shared/model/vm-command'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { ReadFailure } from '../../components/ReadFailure'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { ClipboardContext } from '../../ui/clipboard'
import { CopyIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { SearchField } from '../../ui/SearchField'
import { Segmented } from '../../ui/Segmented'
import { Spinner } from '../../ui/Spinner'
import { CommandRows } from './CommandRows'
import { found, rowsOf, type Shown } from './rows'
import './command.css'

interface Props {
  readonly target: VmRef
  readonly record: Vm
  readonly onShowItem: (item: ItemRef) => void
}

/** The command that runs a VM: each option with its reason and the page it comes from. */
export function CommandTab({ target, record, onShowItem }: Props) {
  const isConnected = useHost(target.host)?.status.kind === 'connected'
  // whoever runs it anew has another command
  const { value, error, reload } = useAnswer(
    `command ${vmKey(target)} ${record.state} ${record.runId ?? ''}`,
    () => api.vms.commands(target),
    { isWanted: isConnected },
  )
  if (value) return <Commands commands={value} name={record.name} onShowItem={onShowItem} reload={reload} />
  return (
    <div className="command-away">
      {error ? (
        <ReadFailure error={error} title="The command could not be worked out" reload={reload} />
      ) : isConnected ? (
        <p role="status" className="command-working">
          <Spinner /> Working out the command…
        </p>
      ) : (
        <p className="secondary">Connect the host to see the command of this VM.</p>
      )}
    </div>
  )
}

const segmentLabels: Readonly<Record<Shown, string>> = {
  running: 'Running now',
  next: 'Next start',
  differences: 'Differences',
}

interface CommandsProps {
  readonly commands: VmCommands
  readonly name: string
  readonly onShowItem: (item: ItemRef) => void
  readonly reload: () => void
}

function Commands({ commands, name, onShowItem, reload }: CommandsProps) {
  const { running, next } = commands
  const later = next && 'command' in next ? next.command : undefined
  const refusal = next && 'error' in next ? next.error : undefined
  const [wanted, setWanted] = useState<Shown>(running ? 'running' : 'next')
  const [filter, setFilter] = useState('')
  const choices: Shown[] =
    running && next ? ['running', 'next', ...(later ? ['differences' as const] : [])] : []
  const shown = choices.includes(wanted) ? wanted : running ? 'running' : 'next'
  const differing = rowsOf('differences', running, later).length
  const rows = rowsOf(shown, running, later)
  const visible = found(rows, filter)
  const command = shown === 'running' ? running : later
  return (
    <div className="command-page">
      <div className="command-bar">
        {choices.length > 0 ? (
          <Segmented
            label="Which command"
            value={shown}
            segments={choices.map((id) => ({
              id,
              label: id === 'differences' ? `${segmentLabels[id]} (${differing})` : segmentLabels[id],
            }))}
            onChange={setWanted}
          />
        ) : null}
        <SearchField
          label="Find in the command"
          placeholder="Find in the command"
          value={filter}
          onChange={setFilter}
        />
        <span className="secondary command-count" role="status">
          {filter.trim() === '' ? countText(rows.length) : `${visible.length} of ${countText(rows.length)}`}
        </span>
        {command && shown !== 'differences' ? <CopyWhole command={command} name={name} /> : null}
      </div>
      <div className="command-scroll">
        <p className="command-lead">{leadOf(shown, differing, later !== undefined)}</p>
        {shown !== 'running' && refusal ? (
          <ErrorBox
            error={refusal}
            title="The VM would not start like this"
            actions={<Button onPress={reload}>Try again</Button>}
          />
        ) : null}
        {shown === 'differences' ? null : <Notes command={command} />}
        <CommandRows
          command={shown === 'differences' || filter.trim() !== '' ? undefined : command}
          rows={visible}
          onShowItem={onShowItem}
        />
        {visible.length === 0 && rows.length > 0 ? (
          <p className="secondary command-none">No option has these words.</p>
        ) : null}
      </div>
    </div>
  )
}

function countText(many: number): string {
  return many === 1 ? '1 part' : `${many} parts`
}

function leadOf(shown: Shown, differing: number, isComparable: boolean): ReactNode {
  if (shown === 'running') {
    return isComparable
      ? `What QEMU was started with. What was plugged in since then is not in it.${
          differing === 0 ? ' The next start would use the same.' : ''
        }`
      : 'What QEMU was started with. What was plugged in since then is not in it.'
  }
  if (shown === 'next') return 'What the next start would use, made of the VM’s hardware as it is stored.'
  return differing === 0
    ? 'The next start would use the same command.'
    : 'What only the running VM has, and what the next start would use instead.'
}

/** Of the definition and not of the command. */
function Notes({ command }: { readonly command: VmCommand | undefined }) {
  if (!command || command.notes.length === 0) return null
  return (
    <Note tone="info" title="Not everything of the VM can be told to QEMU">
      <ul className="command-notes">
        {command.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Note>
  )
}

function CopyWhole({ command, name }: { readonly command: VmCommand; readonly name: string }) {
  const copyText = useContext(ClipboardContext)
  const [isCopied, setCopied] = useState(false)
  return (
    <Button
      icon={CopyIcon}
      tooltip={`The whole command of ${name}, quoted for a shell`}
      onPress={() => void copyText(commandText(command)).then(() => setCopied(true))}
      onBlur={() => setCopied(false)}
    >
      {isCopied ? 'Copied' : 'Copy command'}
    </Button>
  )
}
