import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { kvmIntervalsMs, type KvmGuest } from '../../../shared/model/monitor/kvm'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'
import { Button, IconButton } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { UndoIcon } from '../../ui/icons/hardware'
import { LogIcon } from '../../ui/icons/objects'
import { PauseIcon, PlayIcon } from '../../ui/icons/power'
import { SearchField } from '../../ui/SearchField'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { guestName } from './rows'

export interface KvmView {
  readonly table: 'events' | 'guests'
  /** Absent: of all. */
  readonly guest: string | undefined
  readonly text: string
  readonly zeros: boolean
  readonly isPaused: boolean
  readonly everyMs: number
}

interface Props {
  readonly host: HostId
  readonly view: KvmView
  readonly guests: readonly KvmGuest[]
  readonly onChange: (part: Partial<KvmView>) => void
  readonly onReset: () => void
  readonly onLeaveFilter: () => void
}

/** Whose counters are shown, how often they are read, and where else they go. */
export function KvmToolbar({ host, view, guests, onChange, onReset, onLeaveFilter }: Props) {
  const { table, guest, text, zeros, isPaused, everyMs } = view
  return (
    <div className="kvm-toolbar">
      <Segmented
        label="Show"
        value={table}
        segments={[
          { id: 'events', label: 'Events' },
          { id: 'guests', label: 'Guests' },
        ]}
        onChange={(chosen) => onChange({ table: chosen, text: '' })}
      />
      {table === 'events' ? (
        <Select
          label="Of"
          className="kvm-guest"
          value={guest ?? ''}
          options={[
            { id: '', label: 'All guests' },
            ...guests.map((one) => ({ id: one.id, label: guestName(one), hint: `process ${one.pid}` })),
          ]}
          onChange={(id) => onChange({ guest: id === '' ? undefined : id })}
        />
      ) : null}
      <Select
        label="Read every"
        className="kvm-interval"
        value={String(everyMs)}
        options={kvmIntervalsMs.map((ms) => ({ id: String(ms), label: `${ms / 1000} s` }))}
        onChange={(ms) => onChange({ everyMs: Number(ms) })}
      />
      <div className="kvm-buttons">
        <IconButton
          icon={isPaused ? PlayIcon : PauseIcon}
          label={isPaused ? 'Go on reading' : 'Pause'}
          onPress={() => onChange({ isPaused: !isPaused })}
        />
        <IconButton icon={UndoIcon} label="Count from 0" onPress={onReset} />
        <Button icon={LogIcon} variant="quiet" onPress={() => void logToFile(host, everyMs)}>
          Log to file…
        </Button>
      </div>
      {table === 'events' ? (
        <Checkbox isSelected={zeros} onChange={(all) => onChange({ zeros: all })}>
          Also what never happened
        </Checkbox>
      ) : null}
      <SearchField
        label={table === 'events' ? 'Filter events' : 'Filter guests'}
        placeholder={table === 'events' ? 'Filter events' : 'Filter guests'}
        value={text}
        onChange={(words) => onChange({ text: words })}
        onLeave={onLeaveFilter}
      />
    </div>
  )
}

/** The task list shows it from then on, and ends it. */
async function logToFile(host: HostId, everyMs: number): Promise<void> {
  try {
    const file = await api.files.chooseLocal({
      kind: 'save',
      title: 'Log the KVM counters to',
      name: 'kvm-counters.csv',
    })
    if (!file) return
    await api.monitor.logKvm({ host, file: file.id, everyMs })
    showToast({ tone: 'success', title: `${file.name} is being written until its task is cancelled` })
  } catch (error) {
    showToast({ tone: 'error', title: 'The counters cannot be logged', error: errorData(error) })
  }
}
