import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';
import { NOTES } from './config';

const blog = defineCollection({
  loader: glob({ pattern: '**/[^_]*.md', base: `./${NOTES}` }),
  schema: ({ image }) =>
    z.object({
      title: z.string(),
      pubDate: z.coerce.date(),
      cover: image().optional(),
      draft: z.boolean().optional(),
      tags: z.array(z.string()).optional(),
    }),
});

const users = defineCollection({
  loader: () => [{ id: 'one' }],
});

export const collections = { users, blog };
