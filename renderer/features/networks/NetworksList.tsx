import { useDeferredValue, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { ErrorData } from '../../../shared/errors'
import { walkOptions } from '../../form/walk-options'
import { openDialog } from '../../stores/dialogs'
import { Button, IconButton } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { PlusIcon } from '../../ui/icons/general'
import { BootIcon, NetworkIcon, NodesIcon, PortIcon, ShieldIcon } from '../../ui/icons/hardware'
import type { Icon } from '../../ui/icons/icon'
import { SearchField } from '../../ui/SearchField'
import { useNetworksSession } from './session'
import { openNetworkPage } from './store'
import { count, interfaceText, networkSummary } from './words'

/** With fewer entries a filter is only in the way. */
const manyEntries = 12

interface Entry {
  readonly page: string
  readonly title: string
  readonly summary?: string
  readonly icon: Icon
  /** On, off, or neither. */
  readonly isOn?: boolean | undefined
  readonly isAutostart?: boolean
  readonly isTall?: boolean
}

/** What the host has of networks, as one list that arrow keys walk through. */
export function NetworksList({ page }: { page: string | undefined }) {
  const { host, networks, filters, choices, lockedReason } = useNetworksSession()
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter).trim().toLowerCase()
  const list = useRef<HTMLDivElement>(null)
  const select = (next: string | undefined): void => openNetworkPage(host.id, next)

  const sections: readonly Section[] = [
    {
      title: 'Networks',
      entries: (networks.value?.items ?? []).map((network) => ({
        page: `network:${network.name}`,
        title: network.name,
        summary: network.isActive ? networkSummary(network) : `Not running · ${networkSummary(network)}`,
        icon: NetworkIcon,
        isOn: network.isActive,
        isAutostart: network.isAutostart,
        isTall: true,
      })),
    },
    {
      title: 'Filters',
      error: filters.value?.error ?? filters.error,
      action: (
        <IconButton
          icon={PlusIcon}
          label="New filter…"
          className="button-small"
          disabledReason={lockedReason}
          onPress={() => openDialog({ kind: 'newFilter', host: host.id })}
        />
      ),
      entries: (filters.value?.items ?? []).map(({ name, ruleCount, includes }) => ({
        page: `filter:${name}`,
        title: name,
        summary: ruleCount > 0 ? count(ruleCount, 'rule') : count(includes.length, 'include'),
        icon: ShieldIcon,
      })),
    },
    {
      title: 'Host interfaces',
      error: choices.value?.interfaces.error ?? choices.error,
      entries: (choices.value?.interfaces.items ?? []).map((one) => ({
        page: `interface:${one.name}`,
        title: one.name,
        summary: one.isUp === false ? `${interfaceText(one)}, down` : interfaceText(one),
        icon: PortIcon,
        isOn: one.isUp,
      })),
    },
  ]
  const total = sections.reduce((sum, { entries }) => sum + entries.length, 0)
  const shown = sections
    .map((section) => ({
      ...section,
      entries: section.entries.filter(({ title, summary = '' }) =>
        `${title} ${summary}`.toLowerCase().includes(wanted),
      ),
    }))
    .filter(
      ({ entries, error, title }) => entries.length > 0 || (wanted === '' && (error || title === 'Filters')),
    )
  const pages = shown.flatMap(({ entries }) => entries.map((entry) => entry.page))
  const tabStop = page !== undefined && pages.includes(page) ? page : pages[0]
  const onKeyDown = (event: KeyboardEvent): void => {
    const option = walkOptions(event, list.current)
    if (option) select(option.dataset['page'])
  }
  return (
    <nav className="panes-list net-list" aria-label="Networks of the host">
      <div className="panes-list-head net-list-head">
        <div className="net-list-buttons">
          <Button
            icon={PlusIcon}
            className="net-list-new"
            disabledReason={lockedReason}
            onPress={() => openDialog({ kind: 'editNetwork', host: host.id })}
          >
            New network…
          </Button>
          <Button icon={NodesIcon} onPress={() => select('map')}>
            Map
          </Button>
        </div>
        {total > manyEntries ? (
          <SearchField
            label="Filter networks, filters and interfaces"
            placeholder="Filter"
            value={filter}
            onChange={setFilter}
            onLeave={() => list.current?.querySelector<HTMLElement>('[role=option]')?.focus()}
          />
        ) : null}
      </div>
      <div className="panes-list-body net-list-body" ref={list}>
        {shown.map(({ title, entries, error, action }) => (
          <section key={title} aria-label={title}>
            <div className="net-list-section">
              <span aria-hidden="true">{title}</span>
              {action}
            </div>
            {error ? <p className="net-list-empty">{`Not told: ${error.message}`}</p> : null}
            {entries.length === 0 ? (
              error ? null : (
                <p className="net-list-empty">None</p>
              )
            ) : (
              // One stop for Tab, arrow keys inside and between (WAI-ARIA listbox).
              <div role="listbox" aria-label={title} tabIndex={-1} onKeyDown={onKeyDown}>
                {entries.map((entry) => (
                  <EntryView
                    key={entry.page}
                    entry={entry}
                    isSelected={entry.page === page}
                    isTabStop={entry.page === tabStop}
                    onSelect={select}
                  />
                ))}
              </div>
            )}
          </section>
        ))}
        {shown.length === 0 ? (
          <p className="net-list-empty">Nothing has “{filter.trim()}” in its name</p>
        ) : null}
      </div>
    </nav>
  )
}

interface Section {
  readonly title: string
  readonly entries: readonly Entry[]
  readonly error?: ErrorData | undefined
  readonly action?: ReactNode
}

interface EntryProps {
  readonly entry: Entry
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly onSelect: (page: string) => void
}

function EntryView({ entry, isSelected, isTabStop, onSelect }: EntryProps) {
  const { page, title, summary, icon: Icon, isOn, isAutostart = false, isTall = false } = entry
  return (
    // keys are handled by the list
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="option"
      aria-selected={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      data-page={page}
      className={classNames('net-entry', isTall && 'net-entry-tall', isOn === false && 'net-entry-off')}
      onClick={() => onSelect(page)}
    >
      <Icon className={isOn ? 'net-on' : undefined} />
      <span className="net-entry-text">
        <span className="net-entry-title truncate" title={title}>
          {title}
        </span>
        {summary === undefined ? null : (
          <span className="net-entry-summary truncate" title={summary}>
            {summary}
          </span>
        )}
      </span>
      {isAutostart ? (
        <span className="net-entry-mark" title="Starts with the host">
          <BootIcon size={14} />
          <span className="visually-hidden">Starts with the host</span>
        </span>
      ) : null}
    </div>
  )
}
