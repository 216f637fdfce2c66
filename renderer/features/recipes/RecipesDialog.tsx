import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { findRecipes, recipeById } from '../../../shared/recipes/recipes'
import {
  recipeTopics,
  type DaemonKind,
  type Distribution,
  type Recipe,
  type RecipeId,
  type RecipeValues,
} from '../../../shared/recipes/recipe'
import { closeDialog, openDialog, type DialogRequest } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { RecipeIcon } from '../../ui/icons/objects'
import { SearchField } from '../../ui/SearchField'
import { Select, type SelectOption } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { initialValues } from './initial-values'
import { RecipeText } from './RecipeText'
import './recipes.css'

interface Props {
  readonly recipe: RecipeId | undefined
  readonly host: HostId | undefined
  readonly back: DialogRequest | undefined
}

const distributionOptions: readonly SelectOption<Distribution>[] = [
  { id: 'debian', label: 'Debian, Ubuntu' },
  { id: 'redhat', label: 'RHEL, Fedora' },
  { id: 'suse', label: 'SUSE, openSUSE' },
]

const daemonOptions: readonly SelectOption<DaemonKind>[] = [
  { id: 'monolithic', label: 'One daemon (libvirtd)', hint: 'Debian, Ubuntu, RHEL 8' },
  { id: 'modular', label: 'Modular daemons', hint: 'Fedora, RHEL 9, openSUSE' },
]

/** All recipes with search, and one of them with the host's own words in its commands. */
export function RecipesDialog({ recipe, host: hostId, back }: Props) {
  const host = useHost(hostId)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<RecipeId>(recipe ?? 'start-daemon')
  const [values, setValues] = useState<RecipeValues>(() => initialValues(host))
  const set = (change: Partial<RecipeValues>): void => setValues({ ...values, ...change })
  const found = findRecipes(query)
  const shown = found.some(({ id }) => id === chosen) ? chosen : found[0]?.id
  return (
    <Dialog
      title={host ? `Set-up recipes for ${host.label}` : 'Set-up recipes'}
      icon={RecipeIcon}
      width={1040}
      isDismissable
      onClose={closeDialog}
      footer={
        <>
          {back ? (
            <Button className="push" onPress={() => openDialog(back)}>
              Back to the diagnosis
            </Button>
          ) : null}
          <Button variant="primary" onPress={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      <div className="recipes">
        <nav className="recipe-list" aria-label="Recipes">
          <SearchField
            label="Search recipes"
            placeholder="Search recipes"
            value={query}
            onChange={setQuery}
          />
          <RecipeList found={found} shown={shown} onChoose={setChosen} />
        </nav>
        <section className="recipe-page" aria-label="Recipe">
          <div className="recipe-values">
            <TextField label="Host name" value={values.host} onChange={(text) => set({ host: text })} />
            <TextField label="User" value={values.user} onChange={(user) => set({ user })} />
            <TextField label="Group" value={values.group} onChange={(group) => set({ group })} />
            <Select
              label={
                shown !== undefined && recipeById(shown).isOfGuest
                  ? 'System of the guest'
                  : 'System of the host'
              }
              value={values.distribution}
              options={distributionOptions}
              onChange={(distribution) =>
                set({ distribution, daemons: distribution === 'debian' ? 'monolithic' : 'modular' })
              }
            />
            <Select
              label="libvirt runs as"
              value={values.daemons}
              options={daemonOptions}
              onChange={(daemons) => set({ daemons })}
            />
          </div>
          {shown === undefined ? null : (
            <RecipeText key={shown} recipe={recipeById(shown)} values={filled(values)} />
          )}
        </section>
      </div>
    </Dialog>
  )
}

/** An emptied field must not leave a hole in a command. */
function filled(values: RecipeValues): RecipeValues {
  const or = (text: string, standIn: string): string => (text.trim() === '' ? standIn : text.trim())
  return {
    ...values,
    host: or(values.host, 'host.example.org'),
    user: or(values.user, 'USER'),
    group: or(values.group, 'libvirt'),
  }
}

interface ListProps {
  readonly found: readonly Recipe[]
  readonly shown: RecipeId | undefined
  readonly onChoose: (id: RecipeId) => void
}

function RecipeList({ found, shown, onChoose }: ListProps) {
  if (found.length === 0) return <p className="recipe-none secondary">No recipe has these words.</p>
  return (
    <div className="recipe-scroll">
      {recipeTopics.map((topic) => {
        const members = found.filter((recipe) => recipe.topic === topic)
        if (members.length === 0) return null
        return (
          <div key={topic}>
            <h3 className="recipe-topic">{topic}</h3>
            <ul>
              {members.map(({ id, title }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="recipe-item"
                    aria-current={id === shown ? 'page' : undefined}
                    onClick={() => onChoose(id)}
                  >
                    {title}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </div>
  )
}
