import { useRef } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { TextDevice } from '../../../shared/model/text-console'
import { isActive, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useHost } from '../../stores/hosts'
import { EmptyState } from '../../ui/EmptyState'
import { TerminalIcon } from '../../ui/icons/hardware'
import { askBeforeStart } from '../vm-actions/ask-before-start'
import type { TextSurroundings } from './text-connection'
import type { TextAction } from './text-console-text'
import { TextConsole } from './TextConsole'
import { useBreak } from './use-break'

interface Props {
  readonly target: VmRef
  readonly record: Vm | undefined
  readonly device: TextDevice
  /** Whether the emulator can be asked for what no byte stands for. */
  readonly hasMonitor: boolean
}

/** A serial line, console or channel of a VM, from when it is first looked at. */
export function VmTextConsole({ target, record, device, hasMonitor }: Props) {
  const isHostConnected = useHost(target.host)?.status.kind === 'connected'
  const sendEntries = useBreak(target, device, hasMonitor)
  const last = useRef(record)
  if (record) last.current = record
  if (device.obstacle) {
    return (
      <EmptyState icon={TerminalIcon} title={device.obstacle.message}>
        {device.obstacle.cure}
      </EmptyState>
    )
  }
  const surroundings: TextSurroundings = { peer: peerOf(record), isHostConnected, isWanted: true }
  const act = (action: TextAction): Promise<unknown> | void => {
    if (action === 'connectHost') return api.hosts.connect({ host: target.host })
    if (action !== 'start' && action !== 'restore') return
    if (askBeforeStart(action, [target])) return
    return api.vms.power({ ...target, action })
  }
  return (
    <TextConsole
      key={`${vmKey(target)} ${device.id}`}
      label={`${device.label} of ${last.current?.name ?? 'this VM'}`}
      surroundings={surroundings}
      hasSavedState={record?.hasSavedState === true}
      comesBack
      hasSizeHint={device.kind !== 'channel' && device.kind !== 'parallel'}
      sendEntries={sendEntries}
      open={(isForced) => api.textConsole.open({ ...target, device: device.id, isForced })}
      onAction={act}
    />
  )
}

function peerOf(record: Vm | undefined): TextSurroundings['peer'] {
  if (!record) return 'gone'
  return isActive(record.state) || record.state === 'unknown' ? 'active' : 'off'
}
