with

figures as (
    select * from {{ ref('stg_county_profile') }}
),

terms as (
    select * from {{ ref('profile_fields') }}
),

{# The form has its own terms: one that the county left out keeps its line. #}
wanted as (
    select
        years.school_year,
        terms.*
    from (select distinct school_year from figures) as years
    cross join terms
),

final as (
    select
        coalesce(figures.school_year, wanted.school_year) as school_year,
        coalesce(figures.field, wanted.field) as field,
        coalesce(wanted.name_en, figures.field) as name_en,
        figures.value,
        coalesce(figures.unit, wanted.unit) as unit,
        coalesce(wanted.sort_order, 99) as sort_order,
        figures.import_id,
        figures.file_name,
        figures.sheet_name,
        figures.source_row as row_number
    from figures
    full outer join wanted on figures.school_year = wanted.school_year and figures.field = wanted.field
)

select * from final
