import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search'
import type { EditorView } from '@codemirror/view'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Button, IconButton } from '../Button'
import { Checkbox } from '../Checkbox'
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from '../icons/general'
import { countMatches, type Matches } from './find-panel'

interface Props {
  readonly view: EditorView
  /** Changes with whatever changes what is found: the text, the selection, what is looked for. */
  readonly revision: number
  readonly canReplace: boolean
}

/** Counting looks through the whole text, so it waits until the user rests. */
const calmMs = 120

export function FindBar({ view, revision, canReplace }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const query = getSearchQuery(view.state)
  const matches = useMatches(view, query, revision)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])

  const look = (change: { search?: string; replace?: string; caseSensitive?: boolean }): void => {
    const { search, replace, caseSensitive } = query
    const next = new SearchQuery({ search, replace, caseSensitive, literal: true, ...change })
    view.dispatch({ effects: setSearchQuery.of(next) })
  }
  const step = (go: (view: EditorView) => boolean): void => {
    // Looking for what is not there would go through the whole text sign by sign.
    if (matches?.count !== 0) go(view)
  }
  const close = (): void => {
    closeSearchPanel(view)
    view.focus()
  }
  const onEnter = (act: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    act(event)
  }
  return (
    <div role="search" className="xml-find">
      <div className="xml-find-line">
        <input
          ref={field}
          main-field="true"
          className="input"
          aria-label="Find"
          placeholder="Find"
          spellCheck={false}
          value={query.search}
          onChange={(event) => look({ search: event.target.value })}
          onKeyDown={onEnter((event) => step(event.shiftKey ? findPrevious : findNext))}
        />
        <IconButton icon={ArrowUpIcon} label="Previous match" onPress={() => step(findPrevious)} />
        <IconButton icon={ArrowDownIcon} label="Next match" onPress={() => step(findNext)} />
        <output className="xml-find-count">{query.search === '' ? '' : matchesText(matches)}</output>
        <Checkbox isSelected={query.caseSensitive} onChange={(caseSensitive) => look({ caseSensitive })}>
          Match case
        </Checkbox>
        <IconButton icon={CloseIcon} label="Close find" onPress={close} />
      </div>
      {canReplace ? (
        <div className="xml-find-line">
          <input
            className="input"
            aria-label="Replace with"
            placeholder="Replace with"
            spellCheck={false}
            value={query.replace}
            onChange={(event) => look({ replace: event.target.value })}
            onKeyDown={onEnter(() => replaceNext(view))}
          />
          <Button variant="quiet" onPress={() => replaceNext(view)}>
            Replace
          </Button>
          <Button variant="quiet" onPress={() => replaceAll(view)}>
            Replace all
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function useMatches(view: EditorView, query: SearchQuery, revision: number): Matches | undefined {
  const [found, setFound] = useState<Matches>()
  useEffect(() => {
    const timer = setTimeout(() => setFound(countMatches(view.state, query)), calmMs)
    return () => clearTimeout(timer)
    // A new query always comes with a new revision.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [view, revision])
  return found
}

function matchesText(matches: Matches | undefined): string {
  if (!matches) return ''
  const { count, current } = matches
  if (count === 0) return 'No matches'
  if (current !== undefined) return `${current.toLocaleString('en')} of ${count.toLocaleString('en')}`
  return count === 1 ? '1 match' : `${count.toLocaleString('en')} matches`
}
