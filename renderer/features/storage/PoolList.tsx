import { useRef, type KeyboardEvent } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import { formatBytes } from '../../../shared/units'
import { walkOptions } from '../../form/walk-options'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { PlusIcon, WarningIcon } from '../../ui/icons/general'
import { PowerIcon } from '../../ui/icons/power'
import { choosePool, usePoolAlarm } from './pools'
import { PoolStateIcon } from './storage-icons'
import { UsageBar } from './UsageBar'
import { isActive, poolStateText, shortType, usedShare } from './words'

interface Props {
  readonly host: HostId
  readonly pools: readonly Pool[]
  readonly chosen: string | undefined
  readonly lockedReason: string | undefined
}

/** The pools of a host, which arrow keys walk through. */
export function PoolList({ host, pools, chosen, lockedReason }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const option = walkOptions(event, list.current)
    if (option) choosePool(host, option.dataset['pool'] ?? '')
  }
  return (
    <nav className="pool-list" aria-label="Pools">
      <div className="pool-list-head">
        <Button
          icon={PlusIcon}
          disabledReason={lockedReason}
          onPress={() => openDialog({ kind: 'storage', host, ask: { kind: 'createPool' } })}
        >
          New pool…
        </Button>
      </div>
      {/* One stop for Tab, arrow keys inside (WAI-ARIA listbox). */}
      <div
        ref={list}
        className="pool-list-body"
        role="listbox"
        tabIndex={-1}
        aria-label="Storage pools"
        onKeyDown={onKeyDown}
      >
        {pools.map((pool) => (
          <Entry
            key={pool.name}
            host={host}
            pool={pool}
            isChosen={pool.name === chosen}
            onChoose={() => choosePool(host, pool.name)}
          />
        ))}
      </div>
    </nav>
  )
}

const alarmText = { tight: 'Nearly full', full: 'Full' } as const

interface EntryProps {
  readonly host: HostId
  readonly pool: Pool
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Entry({ host, pool, isChosen, onChoose }: EntryProps) {
  const alarm = usePoolAlarm(host, pool.name)
  const { name, type, state, isAutostart, capacityBytes = 0, availableBytes = 0 } = pool
  const share = isActive(pool) ? usedShare(pool) : undefined
  const free = share === undefined ? undefined : `${formatBytes(availableBytes)} free`
  return (
    // keys are handled by the list
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="option"
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      data-pool={name}
      className={classNames('pool-entry', !isActive(pool) && 'pool-off')}
      onClick={onChoose}
    >
      <span className="pool-entry-line">
        <PoolStateIcon state={state} />
        <span className="pool-entry-name truncate" title={name}>
          {name}
        </span>
        {alarm === undefined ? null : (
          <span className={`pool-alarm pool-alarm-${alarm}`} title={alarmText[alarm]}>
            <WarningIcon size={12} />
            <span className="visually-hidden">{alarmText[alarm]}</span>
          </span>
        )}
        {isAutostart ? (
          <span className="pool-auto" title="Starts with the host">
            <PowerIcon size={12} />
            <span className="visually-hidden">Starts with the host</span>
          </span>
        ) : null}
      </span>
      <span className="pool-entry-sub">
        <span className="truncate">{shortType(type)}</span>
        <span className="pool-entry-free">{free ?? poolStateText[state]}</span>
      </span>
      {share === undefined ? null : (
        <UsageBar
          isThin
          label={`Used of ${name}`}
          share={share}
          text={`${free} of ${formatBytes(capacityBytes)}`}
        />
      )}
    </div>
  )
}
