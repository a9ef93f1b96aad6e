{% macro live_rows(dataset) -%}
    {#- Landed rows of imports that are registered and not retracted. -#}
    select *
    from {{ source('landing', dataset) }}
    where import_id in (select import_id from {{ ref('stg_imports') }})
{%- endmacro %}


{% macro provenance_columns() -%}
    import_id,
    cast(import_seq as integer) as import_seq,
    replaces,
    file_name,
    sheet_name,
    cast(row_number as integer) as source_row
{%- endmacro %}


{% macro is_current(groups, keys, stage=none) -%}
    {#-
        True for the landed row that counts. A later import replaces what it names: all rows of the
        `groups` (school and year) when it replaces schools, those of one `stage` when it is an official
        workbook of one stage. Among what is left the latest import of a key wins.
    -#}
    import_seq >= coalesce(max(case when replaces = 'school' then import_seq end) over (partition by {{ groups }}), 0)
    {%- if stage %}
    and import_seq >= coalesce(
        max(case when replaces = 'stage' then import_seq end) over (partition by {{ groups }}, {{ stage }}), 0
    )
    {%- endif %}
    and row_number() over (partition by {{ keys }} order by import_seq desc, file_name, sheet_name, source_row) = 1
{%- endmacro %}
