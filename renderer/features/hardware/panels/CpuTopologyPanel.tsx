import type { Field } from '../../../../shared/model/hardware/field'
import { Button, IconButton } from '../../../ui/Button'
import { classNames } from '../../../ui/class-names'
import { CheckIcon } from '../../../ui/icons/general'
import { UndoIcon } from '../../../ui/icons/hardware'
import { NumberField } from '../../../ui/NumberField'
import { Segmented } from '../../../ui/Segmented'
import { FieldNotes, WaitsNote } from '../../../form/FieldNotes'
import { useScope } from '../../../form/scope'
import { begun, open, sides, topologyOf, topologyText, type Topology } from './topology'
import { TopologyPicture } from './TopologyPicture'
import './cpu-topology.css'

/** Sockets, cores and threads beside each other, with what they come to and what the VM has. */
export function CpuTopologyPanel() {
  const { values, set, isChanged, undo, disabledReason, waitingAt } = useScope()
  const topology = topologyOf(values)
  const changed = sides.filter(isChanged)
  const waiting = changed.map(waitingAt).find((why) => why !== undefined)
  return (
    <div
      className={classNames('hw-field', 'hw-field-wide', changed.length > 0 && 'hw-field-changed')}
      data-field="topology"
    >
      <div className="field topology" role="group" aria-label="Topology">
        {/* clusters are shown and not changed, so they cannot be left to the hypervisor here */}
        {values['clusters'] !== undefined || disabledReason !== undefined ? null : (
          <Segmented
            label="Arrangement of the virtual CPUs"
            value={topology.isLeftOpen ? 'open' : 'set'}
            segments={[
              { id: 'open', label: 'Left to the hypervisor' },
              { id: 'set', label: 'Set here' },
            ]}
            onChange={(choice) => set(choice === 'open' ? open : begun(topology.maximum))}
          />
        )}
        {topology.isLeftOpen ? (
          <span className="field-hint">
            The guest sees {countText(topology.maximum)}, each a socket of its own. Some systems are licensed
            by socket or use only two of them.
          </span>
        ) : (
          <Sides topology={topology} />
        )}
      </div>
      {changed.length > 0 && undo ? (
        <IconButton
          icon={UndoIcon}
          label="Undo: Topology"
          className="button-small hw-undo"
          onPress={() => changed.forEach(undo)}
        />
      ) : null}
      {sides.map((side) => (
        <FieldNotes key={side} id={side} isWithoutWaiting />
      ))}
      {waiting === undefined ? null : <WaitsNote why={waiting} />}
    </div>
  )
}

function Sides({ topology }: { topology: Topology }) {
  const { kind, values, set, problemAt, disabledReason } = useScope()
  const { product, maximum } = topology
  const isRight = maximum === undefined || product === maximum
  return (
    <>
      <div className="topology-line">
        {sides.map((side) => {
          const field = kind.fields[side]
          if (!field || (field.isReadOnly && values[side] === undefined)) return null
          return (
            <NumberField
              key={side}
              label={field.label}
              value={numberOf(values[side])}
              min={1}
              max={maxOf(field)}
              placeholder="1"
              isDisabled={disabledReason !== undefined || field.isReadOnly === true}
              error={problemAt(side)}
              onChange={(value) => set({ [side]: value })}
            />
          )
        })}
      </div>
      <p className="topology-sum" role="status">
        {isRight ? <CheckIcon size={14} /> : null}
        <span>
          {topologyText(topology)} = <b>{countText(product)}</b>
        </span>
        {isRight ? null : (
          <Button
            className="button-small"
            isDisabled={disabledReason !== undefined}
            onPress={() => set({ maximum: product })}
          >
            {`Give the VM ${countText(product)}`}
          </Button>
        )}
      </p>
      <TopologyPicture topology={topology} />
    </>
  )
}

function countText(count: number | undefined): string {
  return count === undefined ? 'its virtual CPUs' : `${count} virtual CPU${count === 1 ? '' : 's'}`
}

function numberOf(value: unknown): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

function maxOf({ type }: Field): number | undefined {
  return type.kind === 'integer' ? type.max : undefined
}
