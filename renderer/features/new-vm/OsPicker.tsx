import { useEffect, useState } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { OsEntry } from '../../../shared/model/os/os'
import type { SourceKind } from '../../../shared/model/new-vm/wishes'
import { api } from '../../api/client'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { useWizard } from './wizard'
import '../../ui/fields.css'
import '../../ui/menu.css'

const calmMs = 80
const maxFound = 60

/** The operating system: what the disc told, or found by a few letters. */
export function OsPicker() {
  const { wishes, shown, known, set, clear } = useWizard()
  const { os } = known.offer
  const [typed, setTyped] = useState<string>()
  const [withEnded, setWithEnded] = useState(false)
  const found = useFound(
    typed ?? '',
    known.offer.capabilities ? known.offer.info.architecture : '',
    withEnded,
  )
  const choose = (id: string): void => {
    clear('noOs')
    set({ osId: id })
    // until the system is known in full
    setTyped(found.find((entry) => entry.id === id)?.name)
  }
  return (
    <div className="nv-os">
      <ComboBox
        className="field"
        items={found}
        inputValue={typed ?? os?.name ?? ''}
        onInputChange={(text) => setTyped(text === (os?.name ?? '') ? undefined : text)}
        value={wishes.noOs === true ? null : (wishes.osId ?? os?.id ?? null)}
        onChange={(key) => {
          if (typeof key === 'string') choose(key)
        }}
        onBlur={() => setTyped(undefined)}
        allowsCustomValue
        allowsEmptyCollection
        menuTrigger="input"
      >
        <Label className="field-label">Operating system</Label>
        <Input className="input" placeholder="Search, such as debian 12 or win11" spellCheck="false" />
        <Text slot="description" className="field-hint">
          {hint(os !== undefined, known.isOsDetected, wishes.noOs === true, shown.source)}
        </Text>
        <Popover className="popover select-popover" offset={4}>
          <ListBox<OsEntry>
            className="menu nv-os-list"
            renderEmptyState={() => <p className="nv-empty">No system of that name is known.</p>}
          >
            {({ id, name, isEnded, releaseDate }) => (
              <ListBoxItem id={id} textValue={name} className="menu-item">
                <span className="menu-label truncate">
                  <Text slot="label">{name}</Text>
                  {isEnded || releaseDate !== undefined ? (
                    <Text slot="description" className="menu-hint">
                      {isEnded ? 'no longer looked after' : (releaseDate ?? '').slice(0, 4)}
                    </Text>
                  ) : null}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <div className="nv-line">
        <Checkbox isSelected={withEnded} onChange={setWithEnded}>
          Also find systems that are no longer looked after
        </Checkbox>
        {os ? (
          <Button
            variant="quiet"
            onPress={() => {
              clear('osId')
              set({ noOs: true })
              setTyped(undefined)
            }}
          >
            Assume none
          </Button>
        ) : null}
      </div>
    </div>
  )
}

const tellers: { readonly [source in SourceKind]?: string } = {
  tree: 'What lies at the address',
  cloud: 'The name of the image',
}

function hint(isKnown: boolean, isDetected: boolean, isNone: boolean, source: SourceKind): string {
  if (isDetected) return `${tellers[source] ?? 'The disc'} says so. It decides what the VM is made of.`
  if (isKnown) return 'It decides what the VM is made of.'
  return isNone
    ? 'None is assumed: the VM gets what most systems of today know.'
    : 'Not known. The VM gets what most systems of today know.'
}

/** Asked as somebody types; of answers that come late only the newest counts. */
function useFound(words: string, arch: string, withEnded: boolean): readonly OsEntry[] {
  const [found, setFound] = useState<readonly OsEntry[]>([])
  useEffect(() => {
    let isLatest = true
    const timer = setTimeout(() => {
      api.os.search({ words, withEnded, limit: maxFound, ...(arch === '' ? {} : { arch }) }).then(
        (entries) => isLatest && setFound(entries),
        () => isLatest && setFound([]),
      )
    }, calmMs)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [words, arch, withEnded])
  return found
}
