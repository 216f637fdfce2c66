import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'
import './tabs.css'

interface TabEntry<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly content: ReactNode
  /** Stays alive behind the other tabs (a console must not lose its connection). */
  readonly isKept?: boolean
  /** Draws a dot, and says why: "Changes not applied yet". */
  readonly mark?: string | undefined
}

interface Props<Id extends string> {
  readonly label: string
  readonly tabs: readonly TabEntry<Id>[]
  readonly selected: Id
  readonly onSelect: (id: Id) => void
}

export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: Props<Id>) {
  return (
    <AriaTabs
      className="tabs"
      selectedKey={selected}
      onSelectionChange={(key) => {
        const tab = tabs.find(({ id }) => id === key)
        if (tab) onSelect(tab.id)
      }}
    >
      <TabList className="tab-list" aria-label={label}>
        {tabs.map(({ id, label: text, mark }) => (
          <Tab key={id} id={id} className="tab">
            {text}
            {mark === undefined ? null : (
              <span className="tab-mark" title={mark}>
                <span className="visually-hidden">{mark}</span>
              </span>
            )}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content, isKept = false }) => (
        <TabPanel key={id} id={id} className="tab-panel" shouldForceMount={isKept}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
