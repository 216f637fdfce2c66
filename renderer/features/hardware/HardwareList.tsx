import { memo, useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { PlusIcon } from '../../ui/icons/general'
import { ClockIcon, CodeIcon } from '../../ui/icons/hardware'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { SearchField } from '../../ui/SearchField'
import { listSections, type ListEntry } from './list-entries'
import { usePlace } from './place'
import { useSession } from './session'
import { putHardware } from './store'
import { walkOptions } from '../../form/walk-options'

/** With fewer entries a filter is only in the way. */
const manyEntries = 15

/** Everything a VM has, as one list that arrow keys walk through. */
export function HardwareList({ page }: { page: string }) {
  const { items, view, key, target, state, lockedReason } = useSession()
  const { openDialog, isDraft } = usePlace()
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const list = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => listSections(items, view.pending, wanted), [items, view.pending, wanted])
  const select = (next: string): void => putHardware(key, { page: next })

  const onKeyDown = (event: KeyboardEvent): void => {
    const option = walkOptions(event, list.current)
    if (option) select(option.dataset['page'] ?? '')
  }
  const hasSelected =
    page === 'xml' || shown.some(({ entries }) => entries.some((entry) => entry.page === page))
  return (
    <nav className="hw-list" aria-label="Hardware">
      <div className="hw-list-head">
        <Button
          icon={PlusIcon}
          disabledReason={lockedReason}
          onPress={() => openDialog({ kind: 'addHardware', ref: target })}
        >
          Add hardware…
        </Button>
        {items.length > manyEntries ? (
          <SearchField
            label="Filter hardware"
            placeholder="Filter"
            value={filter}
            onChange={setFilter}
            onLeave={() => list.current?.querySelector<HTMLElement>('[role=option]')?.focus()}
          />
        ) : null}
      </div>
      {/* One stop for Tab, arrow keys inside (WAI-ARIA listbox). */}
      <div
        ref={list}
        className="hw-list-body"
        role="listbox"
        tabIndex={-1}
        aria-label="Pages and devices"
        onKeyDown={onKeyDown}
      >
        {shown.map(({ title, entries }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="hw-list-section" aria-hidden="true">
              {title}
            </div>
            {entries.map((entry, index) => (
              <Entry
                key={entry.page}
                {...entry}
                isSelected={entry.page === page}
                isTabStop={entry.page === page || (!hasSelected && index === 0)}
                onSelect={select}
              />
            ))}
          </div>
        ))}
        {shown.length === 0 ? <p className="hw-list-empty">Nothing has “{filter}” in its name</p> : null}
        {/* of a draft it is a page of whoever makes the VM */}
        {isDraft ? null : (
          <div role="group" aria-label="Definition" className="hw-list-xml">
            <Entry
              page="xml"
              title="XML"
              summary={undefined}
              icon={CodeIcon}
              isDevice={false}
              mark={state.xml ? 'changed' : undefined}
              isPending={false}
              isSelected={page === 'xml'}
              isTabStop={page === 'xml'}
              onSelect={select}
            />
          </div>
        )}
      </div>
    </nav>
  )
}

interface EntryProps extends ListEntry {
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly onSelect: (page: string) => void
}

const markTexts = { changed: 'Changed', added: 'New', removed: 'To be removed' }

const Entry = memo(
  function Entry(props: EntryProps) {
    const { page, title, summary, icon: Icon, isDevice, mark, isPending, isSelected, isTabStop } = props
    return (
      // keys are handled by the list
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
      <div
        role="option"
        aria-selected={isSelected}
        tabIndex={isTabStop ? 0 : -1}
        data-page={page}
        className={classNames('hw-entry', isDevice && 'hw-entry-device', mark && `hw-entry-${mark}`)}
        onClick={() => props.onSelect(page)}
      >
        <Icon />
        <span className="hw-entry-text">
          <span className="hw-entry-title truncate">{title}</span>
          {summary === undefined ? null : (
            <span className="hw-entry-summary truncate" title={isDevice ? undefined : summary}>
              {isDevice ? <MiddleTruncate text={summary} /> : summary}
            </span>
          )}
        </span>
        {isPending ? (
          <span className="hw-entry-pending" title="Waits for the next start">
            <ClockIcon size={14} />
            <span className="visually-hidden">Waits for the next start</span>
          </span>
        ) : null}
        {mark === undefined ? null : (
          <span className="hw-entry-mark" title={markTexts[mark]}>
            <span className="visually-hidden">{markTexts[mark]}</span>
          </span>
        )}
      </div>
    )
  },
  // entries are made anew with each change, and a hundred others are still the same
  (a, b) =>
    a.page === b.page &&
    a.title === b.title &&
    a.summary === b.summary &&
    a.mark === b.mark &&
    a.isPending === b.isPending &&
    a.isSelected === b.isSelected &&
    a.isTabStop === b.isTabStop,
)
