import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../shared/model/storage/pool-types'
import { formatBytes } from '../../../shared/units'
import { useIsUsual, usualMark } from '../hosts/usual-places'
import { openDialog } from '../../stores/dialogs'
import { useTasks } from '../../stores/tasks'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon } from '../../ui/icons/general'
import { ForceOffIcon, PlayIcon } from '../../ui/icons/power'
import { RefreshIcon } from '../../ui/icons/storage'
import { MenuButton } from '../../ui/Menu'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { Switch } from '../../ui/Switch'
import { doToPool, poolMenu } from './pool-actions'
import { PoolStateIcon, PoolTypeIcon } from './storage-icons'
import { UsageBar } from './UsageBar'
import { isActive, poolStateText, usedShare } from './words'

interface Props {
  readonly host: HostId
  readonly pool: Pool
  readonly lockedReason: string | undefined
  /** VMs have disks in it: stopping is worth a question. */
  readonly isUsed: boolean
  /** What its volumes could grow to, when that is more than it has. */
  readonly promisedBytes: number | undefined
}

/** What a pool is, how full it is, and what can be done to it as a whole. */
export function PoolHeader({ host, pool, lockedReason, isUsed, promisedBytes }: Props) {
  const { name, state, type, path, source } = pool
  const label = poolTypeOf(type)?.label ?? type
  const isUsual = useIsUsual(host, 'usualPool', name)
  return (
    <header className="pool-header">
      <div className="pool-top">
        <span className="pool-icon">
          <PoolTypeIcon type={type} size={18} />
        </span>
        <div className="pool-title">
          <h2 className="truncate" title={name}>
            {name}
          </h2>
          <div className="pool-sub">
            <PoolStateIcon state={state} />
            <span>{poolStateText[state]}</span>
            <span className="truncate" title={label}>
              {label}
            </span>
            {isUsual ? <span>{usualMark('usualPool')}</span> : null}
            {pool.isPersistent ? null : (
              <span title="It is gone as soon as it is stopped">Not kept by the host</span>
            )}
          </div>
        </div>
        <PoolButtons host={host} pool={pool} lockedReason={lockedReason} isUsed={isUsed} />
      </div>
      <div className="pool-facts">
        {isActive(pool) ? <Space pool={pool} promisedBytes={promisedBytes} /> : null}
        <dl className="pool-places">
          {source === undefined ? null : <Place name="Source" value={source} />}
          {path === undefined ? null : <Place name="Path" value={path} />}
        </dl>
        <Switch
          isSelected={pool.isAutostart}
          isDisabled={lockedReason !== undefined || !pool.isPersistent}
          onChange={(isOn) => doToPool(host, name, isOn ? 'autostart-on' : 'autostart-off')}
        >
          Start with the host
        </Switch>
      </div>
    </header>
  )
}

function PoolButtons({ host, pool, lockedReason, isUsed }: Omit<Props, 'promisedBytes'>) {
  const { name } = pool
  const isUsual = useIsUsual(host, 'usualPool', name)
  const doing = useTasks(({ byId }) =>
    Object.values(byId).some(
      (task) =>
        task.state === 'running' &&
        task.host === host &&
        /^pool\.(start|stop|refresh|build)$/.test(task.kind) &&
        task.title.endsWith(` ${name}`),
    ),
  )
  const busyReason = doing ? 'The host is at work on this pool' : undefined
  const off = lockedReason ?? busyReason
  return (
    <div className="pool-buttons">
      {isActive(pool) ? (
        <Button
          icon={ForceOffIcon}
          disabledReason={off}
          onPress={() =>
            isUsed || !pool.isPersistent
              ? openDialog({ kind: 'storage', host, ask: { kind: 'stopPool', pool: name } })
              : doToPool(host, name, 'stop')
          }
        >
          Stop
        </Button>
      ) : (
        <Button
          icon={PlayIcon}
          variant="primary"
          isBusy={doing}
          disabledReason={off}
          onPress={() => doToPool(host, name, 'start')}
        >
          Start
        </Button>
      )}
      <IconButton
        icon={RefreshIcon}
        label="Read the pool again"
        isBusy={doing && isActive(pool)}
        disabledReason={off ?? (isActive(pool) ? undefined : 'The pool is stopped')}
        onPress={() => doToPool(host, name, 'refresh')}
      />
      <MenuButton label={`More for ${name}`} entries={poolMenu(host, pool, lockedReason, isUsual)}>
        <IconButton icon={MoreIcon} label="More for this pool" />
      </MenuButton>
    </div>
  )
}

function Space({ pool, promisedBytes }: { pool: Pool; promisedBytes: number | undefined }) {
  const { capacityBytes, allocationBytes, availableBytes } = pool
  const share = usedShare(pool)
  if (share === undefined || capacityBytes === undefined || allocationBytes === undefined) return null
  const used = `${formatBytes(allocationBytes)} of ${formatBytes(capacityBytes)} used`
  const free = formatBytes(availableBytes ?? Math.max(0, capacityBytes - allocationBytes))
  return (
    <div className="pool-space">
      <span className="pool-space-line">
        <span>
          {used} <span className="secondary">· {Math.round(share * 100)} %</span>
        </span>
        <span className="pool-free">{free} free</span>
      </span>
      <UsageBar label="Space used" share={share} text={`${used}, ${free} free`} />
      {promisedBytes === undefined ? null : (
        <span className="pool-promised" title="Images that grow as they are written to take less now">
          Its volumes can grow to {formatBytes(promisedBytes)}, more than it holds
        </span>
      )}
    </div>
  )
}

function Place({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono selectable">
        <MiddleTruncate text={value} tailLength={15} />
      </dd>
    </div>
  )
}
