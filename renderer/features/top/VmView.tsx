import type { RefObject } from 'react'
import { EmptyState } from '../../ui/EmptyState'
import { SearchIcon } from '../../ui/icons/general'
import { PulseIcon } from '../../ui/icons/objects'
import { TopTable } from './TopTable'
import { vmColumns, type VmRow } from './vm-table'

interface Props {
  readonly rows: readonly VmRow[]
  /** There are others. */
  readonly isFiltered: boolean
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly csvRef: RefObject<(() => string) | undefined>
}

export function VmView({ rows, isFiltered, gridRef, csvRef }: Props) {
  return (
    <TopTable
      label="Running VMs"
      columns={vmColumns}
      rows={rows}
      firstSort="top-vm-cpu"
      gridRef={gridRef}
      csvRef={csvRef}
      empty={isFiltered ? <NothingFound /> : <NothingRuns />}
    />
  )
}

export function NothingFound() {
  return (
    <EmptyState icon={SearchIcon} title="Nothing matches the filter">
      It looks for names of VMs and hosts.
    </EmptyState>
  )
}

export function NothingRuns() {
  return (
    <EmptyState icon={PulseIcon} title="No VM is running">
      Running VMs of all connected hosts are listed here.
    </EmptyState>
  )
}
