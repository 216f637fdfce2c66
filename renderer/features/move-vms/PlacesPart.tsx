import type { MovePlan } from '../../../shared/model/migration/move'
import type { MoveOptions } from '../../../shared/model/migration/options'
import { formatBytes } from '../../../shared/units'
import { Select } from '../../ui/Select'

interface Props {
  readonly plan: MovePlan
  readonly options: MoveOptions
  readonly onOption: (change: Partial<MoveOptions>) => void
}

/** Where disks and network cards are at the destination. */
export function PlacesPart({ plan, options, onOption }: Props) {
  const { disks, networks, offered } = plan
  const pools = offered.pools.map(({ name, freeBytes }) => ({
    id: name,
    label: name,
    ...(freeBytes === undefined ? {} : { hint: `${formatBytes(freeBytes)} free` }),
  }))
  const copied = disks.filter(({ isCopied }) => isCopied)
  if (copied.length === 0 && networks.length === 0) return null
  return (
    <div className="move-places">
      {copied.map(({ target, pool, from, sizeBytes }) => (
        <Select
          key={target}
          label={`${target} goes to the pool`}
          value={pool ?? ''}
          options={pools}
          hint={`${from}${sizeBytes === undefined ? '' : `, ${formatBytes(sizeBytes)}`}`}
          onChange={(chosen) =>
            onOption({
              pools: [
                ...(options.pools ?? []).filter((one) => one.target !== target),
                { target, pool: chosen },
              ],
            })
          }
        />
      ))}
      {networks.map(({ from, to, isBridge }) => (
        <Select
          key={from}
          label={`${isBridge ? 'Bridge' : 'Network'} ${from} becomes`}
          value={to ?? ''}
          options={(isBridge ? offered.bridges : offered.networks).map((name) => ({ id: name, label: name }))}
          hint={to === undefined ? 'There is none of this name' : undefined}
          onChange={(chosen) =>
            onOption({
              networks: [
                ...(options.networks ?? []).filter((one) => one.from !== from),
                { from, to: chosen },
              ],
            })
          }
        />
      ))}
    </div>
  )
}
