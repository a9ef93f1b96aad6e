with

figures as (
    select * from {{ ref('stg_county_profile') }}
),

terms as (
    select * from {{ ref('profile_fields') }}
),

final as (
    select
        figures.school_year,
        figures.field,
        coalesce(terms.name_en, figures.field) as name_en,
        figures.value,
        coalesce(figures.unit, terms.unit) as unit,
        coalesce(terms.sort_order, 99) as sort_order,
        figures.import_id,
        figures.file_name,
        figures.sheet_name,
        figures.source_row as row_number
    from figures
    left join terms on figures.field = terms.field
)

select * from final
