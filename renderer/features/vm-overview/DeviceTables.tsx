import { useId, type ReactNode } from 'react'
import type { AddressSource, CardAddresses } from '../../../shared/model/guest-addresses'
import type { DiskSummary, NicSummary } from '../../../shared/model/vm-overview'
import { api } from '../../api/client'
import { CopyButton } from '../../ui/CopyButton'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { diskKind, diskNotes, nicNotes } from './overview-text'

/** Plain tables: a VM has a handful of devices, and there is nothing to sort or select. */
export function DiskTable({ disks }: { disks: readonly DiskSummary[] }) {
  return (
    <DeviceTable
      title="Disks"
      columns={['Target', 'Kind', 'Source', 'Notes']}
      className="disk-table"
      empty="This VM has no disks."
    >
      {disks.map((disk) => (
        <tr key={disk.target}>
          <th scope="row" className="mono">
            {disk.target}
          </th>
          <td>{diskKind(disk)}</td>
          <td>
            {disk.source ? (
              <Copyable text={disk.source} what="path" />
            ) : (
              <span className="secondary">Empty</span>
            )}
          </td>
          <td className="secondary">{diskNotes(disk)}</td>
        </tr>
      ))}
    </DeviceTable>
  )
}

interface NicProps {
  readonly nics: readonly NicSummary[]
  /** Of the running guest, as far as somebody knows them. */
  readonly addresses: readonly CardAddresses[]
}

export function NicTable({ nics, addresses }: NicProps) {
  return (
    <DeviceTable
      title="Network cards"
      columns={['Source', 'MAC address', 'Notes']}
      className="nic-table"
      empty="This VM has no network cards."
    >
      {nics.map((nic, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the definition's and a MAC address may be missing
        <tr key={index}>
          <th scope="row">
            <span className="selectable overview-break">{nic.source}</span>
            <Addresses card={addresses.find(({ mac }) => mac === nic.mac?.toLowerCase())} />
          </th>
          <td>
            {nic.mac ? <Copyable text={nic.mac} what="MAC address" /> : <span className="secondary">–</span>}
          </td>
          <td className="secondary">{nicNotes(nic)}</td>
        </tr>
      ))}
    </DeviceTable>
  )
}

const toldBy: Record<AddressSource, string> = {
  agent: 'Told by the agent in the guest',
  lease: 'Handed out by the network of the host',
  arp: 'Seen by the host as a neighbour',
}

function Addresses({ card }: { card: CardAddresses | undefined }) {
  if (!card || card.addresses.length === 0) return null
  return (
    <ul className="nic-addresses" aria-label="Addresses in the guest">
      {card.addresses.map(({ address, prefix, from }) => (
        <li key={address} title={`${address}/${prefix}. ${toldBy[from]}`}>
          <Copyable text={address} what="address" />
        </li>
      ))}
    </ul>
  )
}

interface TableProps {
  readonly title: string
  readonly columns: readonly string[]
  readonly className: string
  readonly empty: string
  readonly children: readonly ReactNode[]
}

function DeviceTable({ title, columns, className, empty, children }: TableProps) {
  const id = useId()
  return (
    <section className={`overview-card ${className}-card`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children.length === 0 ? (
        <p className="secondary">{empty}</p>
      ) : (
        <table className={`device-table ${className}`} aria-labelledby={id}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
    </section>
  )
}

function Copyable({ text, what }: { text: string; what: string }) {
  return (
    <span className="copyable">
      <span className="mono selectable truncate">
        <MiddleTruncate text={text} />
      </span>
      <CopyButton label={`Copy ${what}`} copy={() => api.app.copyText({ text })} />
    </span>
  )
}
