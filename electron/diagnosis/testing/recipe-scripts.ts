import { recipes } from '../../../shared/recipes/recipes'
import {
  distributions,
  type RecipeId,
  type RecipeStep,
  type RecipeText,
  type RecipeValues,
} from '../../../shared/recipes/recipe'

export const usualValues: RecipeValues = {
  distribution: 'debian',
  daemons: 'monolithic',
  host: 'host.example.org',
  user: 'keeper',
  group: 'libvirt',
}

export interface BuiltRecipe {
  readonly name: string
  readonly id: RecipeId
  readonly text: RecipeText
}

/** Every recipe in every variant. */
export function allVariants(values: Partial<RecipeValues> = {}): BuiltRecipe[] {
  return recipes.flatMap((recipe) =>
    distributions.flatMap((distribution) =>
      (['monolithic', 'modular'] as const).map((daemons) => ({
        name: `${recipe.id} on ${distribution}, ${daemons}`,
        id: recipe.id,
        text: recipe.build({ ...usualValues, ...values, distribution, daemons }),
      })),
    ),
  )
}

export function stepsOf({ steps, verify, undo }: RecipeText): readonly RecipeStep[] {
  return [...steps, ...verify, ...undo]
}

export function commandsOf(text: RecipeText): string[] {
  return stepsOf(text).flatMap(({ commands }) => (commands === undefined ? [] : [commands]))
}

export function fileOf(text: RecipeText, path: string): string {
  const found = stepsOf(text).find(({ file }) => file?.path === path)?.file
  if (!found) throw new Error(`The recipe has no ${path}`)
  return found.content
}

/** The commands of a step, to be run for real within a folder instead of the system. */
export function commandWith(text: RecipeText, words: string): string {
  const found = commandsOf(text).find((commands) => commands.includes(words))
  if (found === undefined) throw new Error(`The recipe has no command with ${words}`)
  return found
}

export function within(folder: string, commands: string): string {
  return commands.replaceAll('sudo ', '').replaceAll('/etc/', `${folder}/etc/`)
}
